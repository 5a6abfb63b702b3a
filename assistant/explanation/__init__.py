"""Why a result is what it is: the same trace told as a conclusion, as a proof, and as the reason for a question."""
