# Sourced by ./run, ./test and ./bench: makes .venv from a lock, with Debian's Python and pip alone.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }

# The one line that installs what is missing, for Debian and for others.
explain_python() {
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo "
  say "Coachwork needs Python 3.11 or newer with pip, and this machine has $1."
  if command -v apt-get >/dev/null 2>&1; then
    say "Install it with this line, then start again:"
    say ""
    say "    ${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends python3 python3-pip"
  else
    say "Install python3 and pip with your system's package manager, then start again."
  fi
  exit 1
}

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
has_pip() { "$1" -m pip --version >/dev/null 2>&1; }

# The system's own Python where it will do (it is the fastest build), else the first on the path.
find_python() {
  local candidate old=""
  for candidate in /usr/bin/python3 python3; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    if ! is_recent "$candidate"; then old=$("$candidate" --version 2>&1 || true); continue; fi
    if has_pip "$candidate" || command -v uv >/dev/null 2>&1; then echo "$candidate"; return; fi
    old="no pip"
  done
  explain_python "${old:-no python3}"
}

# install_with_pip PYTHON LOCK: one line of progress; pip's own words only when it fails.
install_with_pip() {
  local total log=.venv/install.log status=0
  total=$(grep -cE '^[a-z0-9].*==' "$2")
  PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PYTHONWARNINGS=ignore \
    "$1" -m pip --python .venv/bin/python install --require-hashes -r "$2" 2>&1 |
    tee "$log" | show_progress "$total" || status=${PIPESTATUS[0]}
  if [ "$status" != 0 ]; then
    say "The packages could not be installed. What pip said last:"
    tail -n 15 "$log" >&2
    say ""
    say "The whole of it is in $log. Is the network there? Starting again goes on from here."
    exit 1
  fi
}

show_progress() {
  local line count=0
  while IFS= read -r line; do
    case $line in
      Collecting*|"Requirement already"*)
        count=$((count + 1))
        if [ -t 2 ]; then printf '\r  %3d of about %d packages' "$count" "$1" >&2
        elif [ $((count % 20)) = 0 ]; then say "  $count of about $1 packages"; fi ;;
      "Installing collected"*)
        if [ -t 2 ]; then printf '\r  putting them in place ...      ' >&2
        else say "  putting them in place ..."; fi ;;
    esac
  done
  if [ -t 2 ]; then printf '\n' >&2; fi
}

# The checkout's own source, found by the environment's Python and by a `coachwork` command in it.
link_source() {
  local packages
  packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  echo "$PWD/src" > "$packages/coachwork-checkout.pth"
  printf '#!/bin/sh\nexec "%s/.venv/bin/python" -m coachwork "$@"\n' "$PWD" > .venv/bin/coachwork
  chmod +x .venv/bin/coachwork
}

# make_environment LOCK: bring .venv to what LOCK says. Takes no time when it is there already.
make_environment() {
  local lock=$1 python wanted
  wanted="$PWD $(cat requirements*.txt | cksum)"
  if [ -x .venv/bin/python ] && [ "$(cat ".venv/installed-${lock%.txt}" 2>/dev/null)" = "$wanted" ]; then
    return
  fi
  python=$(find_python)
  # An environment knows where it lies: one that was moved, or lost its Python, is made anew.
  if ! .venv/bin/python -c '' 2>/dev/null || ! grep -qsFx "$PWD" .venv/home; then rm -rf .venv; fi
  [ -x .venv/bin/python ] || "$python" -m venv --without-pip .venv
  echo "$PWD" > .venv/home
  say "Making the environment from $lock (about a minute, this once) ..."
  if ! install_with_uv "$lock"; then install_with_pip "$python" "$lock"; fi
  link_source
  echo "$wanted" > .venv/installed-requirements
  echo "$wanted" > ".venv/installed-${lock%.txt}"
  # The development lock holds the other two, at the same versions.
  [ "$lock" != requirements-dev.txt ] || echo "$wanted" > .venv/installed-requirements-postgres
}

# uv is several times faster; where it is not there, or not set up for this network, pip does it.
install_with_uv() {
  command -v uv >/dev/null 2>&1 || return 1
  uv pip install --quiet --python .venv/bin/python --require-hashes -r "$1" && return
  say "uv could not install them; trying pip."
  return 1
}
