"""What the engine says when a questionnaire cannot be what it claims to be."""


class AdaptiveError(ValueError):
    """The bank, the rule or the answers given do not make a questionnaire."""
