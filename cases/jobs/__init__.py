"""Work that leaves the request: the queue, the worker, the process each job runs in; what is done stands in tasks."""
