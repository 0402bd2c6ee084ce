"""Every request begins without the rows of anybody; from its sign-in on it has those of its user."""

from contextlib import contextmanager

from cases.access import row_scope


class NobodysRowsMiddleware:
    """The outermost: what answers before a user is known, or to nobody, reads of nobody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with row_scope.limit_to(row_scope.NOTHING):
            response = self.get_response(request)
        if response.streaming and getattr(response, "file_to_stream", None) is None:
            response.streaming_content = _streamed(response.streaming_content, row_scope.NOTHING)
        return response


class UserRowsMiddleware:
    """What the request asks from here on reaches the rows of whoever is signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        scope = row_scope.UserRows(lambda: rows_of(request.user))
        with row_scope.limit_to(scope):
            return self.get_response(request)


@contextmanager
def as_of(user):
    """What follows reaches the rows of `user`, in whose place somebody acts."""
    with row_scope.limit_to(row_scope.UserRows(lambda: rows_of(user))):
        yield


def rows_of(user):
    return user.row_scope() if user.is_authenticated else row_scope.NOTHING


def _streamed(pieces, scope):
    """What is made while it is sent reaches no further than before."""
    iterator = iter(pieces)
    while True:
        with row_scope.limit_to(scope):
            try:
                piece = next(iterator)
            except StopIteration:
                return
        yield piece
