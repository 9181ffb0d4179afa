#!/bin/sh
# Submits the ingest job to the session cluster, from its newest checkpoint when there is one; does nothing when it runs.
set -eu

jobmanager=${JOBMANAGER:-jobmanager:8081}
checkpoints=${CHECKPOINTS:-/checkpoints/ingest}

if flink list -m "$jobmanager" -r 2>/dev/null | grep -q 'freshet-ingest'; then
    echo "the ingest job runs already"
    exit 0
fi

newest=$(find "$checkpoints" -path '*/chk-*/_metadata' -printf '%T@ %h\n' 2>/dev/null | sort -n | tail -n 1 | cut -d' ' -f2-)
set -- /opt/freshet/ingest-job.jar "$@"
if [ -n "$newest" ]; then
    echo "continuing from $newest"
    set -- --fromSavepoint "file://$newest" --claimMode claim "$@"
fi
exec flink run --detached --jobmanager "$jobmanager" -D execution.checkpointing.dir="file://$checkpoints" "$@"
