package dev.holdfast.audit.why;

import dev.holdfast.core.event.GuestEvent.GuestRecovered;
import dev.holdfast.core.message.Snapshot;
import dev.holdfast.core.node.Runner;
import java.util.List;

/**
 * What a clinic files about an outage: how long, how much was lost, by which rule and evidence, and the hashes by which all
 * of it can be found in the journal again.
 *
 * @param told the recovery
 * @param recovered the same, with its phases
 * @param from where the guest had run; null if that is not told of
 * @param fence the fencing that made the way free; null if there was none
 * @param snapshot what was promoted, its id being the GUID on ZFS; null if the newest copy itself was started
 * @param decisions all that was decided for it, in order
 */
public record Receipt(
        Told told, GuestRecovered recovered, Runner from, Told fence, Snapshot snapshot, List<Told> decisions) {

    public Receipt {
        decisions = List.copyOf(decisions);
    }
}
