#!/bin/bash
# One shard of a campaign on each task of a Slurm job array. Submit from the root of a checkout that all nodes see, after
# mvn -q package -DskipTests, with as many tasks as there shall be shards:
#
#   mkdir -p target/shards
#   sbatch --array=1-8 stress/cluster/slurm-array.sh --budget 2h
#   ./campaign merge target/shards/*/          when the array is through
#
# Two processors for each task, and nothing else on them: actors that wait for a processor meet nobody. A task that is
# requeued takes up its shard where it was.
#SBATCH --job-name=jurcu-campaign
#SBATCH --cpus-per-task=2
#SBATCH --exclusive
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=target/shards/%A_%a.log
set -euo pipefail

root=${SLURM_SUBMIT_DIR:?this is for sbatch}
out=$root/target/shards/$SLURM_ARRAY_TASK_ID
if ((${SLURM_RESTART_COUNT:-0} > 0)) && [[ -f $out/request.json ]]; then
  exec "$root/campaign" --resume "$out"
fi
exec "$root/campaign" "$@" --shard auto --out "$out"
