#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the autograder's image: it installs Deno and
# fetches every package, so that grading needs no network.
set -euo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"
export DENO_DIR="${DENO_DIR:-$root/source/deno_dir}"

if ! command -v deno >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update
  apt-get install -y --no-install-recommends ca-certificates nodejs npm bubblewrap
  npm install --global deno@{deno}
fi

cd "$root/source/genlab"
deno install --frozen
# Fails here, and not at the first submission, if something is missing.
deno task --quiet grade --help >/dev/null
