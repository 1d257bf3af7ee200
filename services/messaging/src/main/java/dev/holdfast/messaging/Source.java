package dev.holdfast.messaging;

/**
 * Who writes: the CloudEvents source {@code /holdfast/<cluster>/<where>/<service>}.
 *
 * @param cluster name of the cluster
 * @param where name of the node, or of the operator's machine
 * @param service {@code heartbeat}, {@code quorum}, {@code recovery}, {@code replication} or {@code cli}
 */
public record Source(String cluster, String where, String service) {

    @Override
    public String toString() {
        return "/holdfast/" + cluster + "/" + where + "/" + service;
    }
}
