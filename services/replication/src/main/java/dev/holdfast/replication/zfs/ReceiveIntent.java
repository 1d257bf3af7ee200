package dev.holdfast.replication.zfs;

import java.util.Optional;

/**
 * What is about to be received, filed before the first byte of it: so that a snapshot which arrived just before a cut
 * is known for what it is afterwards.
 */
record ReceiveIntent(String guid, Identity identity) {

    static ReceiveIntent of(StreamHead head) {
        return new ReceiveIntent(head.guid(), head.identity());
    }

    String encode() {
        return guid + " " + identity.encode();
    }

    static Optional<ReceiveIntent> of(GuestState state) {
        return state.containerProperty(GuestState.RECEIVING).map(ReceiveIntent::decode);
    }

    private static ReceiveIntent decode(String text) {
        int space = text.indexOf(' ');
        return new ReceiveIntent(text.substring(0, space), Identity.decode(text.substring(space + 1)));
    }
}
