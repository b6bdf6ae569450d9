"""`python -m coachwork.kit.content`: what is wrong with the shipped content; exit 1 if anything."""

import sys

from coachwork.kit import content


def main() -> int:
    found = content.problems()
    for problem in found:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"{len(found)} problems\n" if found else "The content holds.\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
