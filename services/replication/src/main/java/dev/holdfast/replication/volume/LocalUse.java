package dev.holdfast.replication.volume;

import java.util.Optional;

/** Tells whether a process of this machine uses a guest's live volume; the guard knows. */
@FunctionalInterface
public interface LocalUse {

    /** Who uses it, for people; empty if nobody does. An uncertain answer is "in use". */
    Optional<String> userOf(String guest);
}
