"""What is wrong with a question, before any planning begins."""


class PlanningError(ValueError):
    """A question that has no answer as it was put."""


class CircularError(PlanningError):
    """Activities that wait for each other; `loop` names them in order, the first one again last."""

    def __init__(self, loop: tuple[str, ...]) -> None:
        super().__init__(f"These wait for each other: {' -> '.join(loop)}.")
        self.loop = loop
