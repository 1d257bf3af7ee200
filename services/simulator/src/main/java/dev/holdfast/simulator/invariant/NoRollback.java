package dev.holdfast.simulator.invariant;

import java.util.HashMap;
import java.util.Map;

/** No volume is taken from under a process, and no old owner writes over what a newer one made (rule R11). */
public final class NoRollback extends Invariant {

    private final Map<String, Long> heard = new HashMap<>();

    @Override
    public String sentence() {
        return "no live volume is rolled back: none is replaced in use, none is written by an older owner";
    }

    @Override
    public void volume(VolumeChange change) {
        switch (change) {
            case VolumeChange.Promoted promoted -> {
                require(!promoted.inUse(), promoted + ": a process uses it");
                notBelow(promoted, promoted.epoch());
            }
            case VolumeChange.SetAside aside -> {
                require(!aside.inUse(), aside + ": a process uses it");
                notBelow(aside, aside.epoch());
            }
            case VolumeChange.Received received -> notBelow(received, received.sourceEpoch());
            case VolumeChange.Opened opened -> { }
        }
    }

    private void notBelow(VolumeChange change, long epoch) {
        long before = heard.merge(change.node() + "/" + change.guest(), epoch, Math::max);
        require(before <= epoch, change + ": epoch " + before + " has the volume there already");
    }
}
