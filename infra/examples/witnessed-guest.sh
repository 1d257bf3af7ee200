#!/bin/sh
# Runs a command as a guest with the evidence that DoubleRunChecker reads, for tests that want no JVM for it:
#   witnessed-guest.sh EVIDENCE-FOLDER command…       (guest, node and epoch come from the guard's environment)
# Descriptor 9 carries the lock and goes on to the command: it is held exactly as long as the command lives.
evidence=$1
shift
log=$evidence/$HOLDFAST_GUEST.log
mkdir -p "$evidence"

say() { # kind pid
    read -r up _ </proc/uptime # the boot-time clock, in hundredths of a second
    echo "${up%.*}${up#*.}0000000 $1 pid=$2 node=$HOLDFAST_NODE epoch=$HOLDFAST_EPOCH" >>"$log"
}

exec 9>>"$evidence/$HOLDFAST_GUEST.lock"
flock -n 9 && alone=yes
say start $$
[ "$alone" ] || say DOUBLE $$
# The command takes over this process; the one that writes for it ends with it, and must not hold the lock.
(
    exec 9>&-
    while sleep 0.15 && read -r stat 2>/dev/null </proc/$$/stat; do
        case $stat in *") Z "*) exit ;; esac
        say alive $$
    done
) &
exec "$@"
