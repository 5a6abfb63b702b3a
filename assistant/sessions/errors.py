"""Why a conversation cannot be kept or found again."""

from assistant.errors import InputError


class StoreError(InputError):
    """The file of conversations cannot be used. `lasting` where trying again later in this conversation is no use."""

    def __init__(self, message: str, *, help: str | None = None, lasting: bool = False) -> None:
        super().__init__(message, help=help)
        self.lasting = lasting
