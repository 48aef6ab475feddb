#!/bin/sh
# Grades on a Slurm cluster, a part of the batch in each task of an array. In the project's folder:
#
#   sbatch tasks/grade/slurm.sh SUBMISSIONS RESULTS
#   deno task grade merge RESULTS/part-* --out RESULTS    # when all have ended
#
# A part that was ended goes on where it was when it is submitted again.
#SBATCH --job-name=genlab-grade
#SBATCH --array=1-8
#SBATCH --cpus-per-task=4
#SBATCH --mem-per-cpu=3G
#SBATCH --time=01:00:00
#SBATCH --requeue
set -eu
exec deno task grade "$1" --out "$2/part-$SLURM_ARRAY_TASK_ID" --resume \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --jobs "$SLURM_CPUS_PER_TASK"
