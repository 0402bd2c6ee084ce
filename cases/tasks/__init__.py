"""What the jobs do: one module a noun, each a function of a job and of how to tell how far it is; calls actions."""
