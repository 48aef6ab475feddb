#!/usr/bin/env bash
# Gradescope runs this for every submission. It grades what is in submission/ and leaves
# results/results.json, whatever happens in between.
set -uo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"
export DENO_DIR="${DENO_DIR:-$root/source/deno_dir}"
results="$root/results/results.json"

mkdir -p "$root/results"
# What stands if the grader dies, or is killed.
cp "$root/source/failed.json" "$results"

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir "$work/in"
cp -R --no-dereference "$root/submission" "$work/in/submission"

cd "$root/source/genlab" || exit
deno task --quiet grade "$work/in" --out "$work/out" --exercise {exercise} --seed {seed}

graded=("$work"/out/gradescope/*/results.json)
if [ "${#graded[@]}" -eq 1 ] && [ -s "${graded[0]}" ]; then
  cp "${graded[0]}" "$results.tmp" && mv "$results.tmp" "$results"
else
  echo "The grader left no results; what it said is above." >&2
fi
