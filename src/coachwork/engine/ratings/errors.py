"""What the engine says when it is asked something that has no answer."""


class RatingsError(ValueError):
    """The ratings, thresholds or settings given cannot be what they claim to be."""
