"""The user's settings: what may stand in them, what is told of mistakes, and that one change keeps all else."""
