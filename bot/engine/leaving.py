"""The jobs of one workspace: cancelled and forgotten when Candor leaves it."""

from __future__ import annotations

from dbos import DBOS

LEAVE = "leave"
"""How the key of the job begins that does it, and so goes on."""
_ALIVE = ["PENDING", "ENQUEUED", "DELAYED"]


async def forget_jobs(team: str) -> int:
    """Cancel what waits or runs, and delete the traces of the rest; how many jobs that were.

    The second part of every job's key is its workspace. What runs at this moment ends with its step, and its traces
    go when this is called again.
    """
    alive = await DBOS.list_workflows_async(status=_ALIVE, load_input=False, load_output=False)
    running = [job.workflow_id for job in alive if _is_of(job.workflow_id, team)]
    if running:
        await DBOS.cancel_workflows_async(running)
    every = await DBOS.list_workflows_async(load_input=False, load_output=False)
    ended = [job.workflow_id for job in every if _is_of(job.workflow_id, team) and job.workflow_id not in running]
    if ended:
        await DBOS.delete_workflows_async(ended)
    return len(running) + len(ended)


def _is_of(key: str, team: str) -> bool:
    kind, _, rest = key.partition(":")
    return kind != LEAVE and rest.partition(":")[0] == team
