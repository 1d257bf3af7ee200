package dev.holdfast.replication.zfs;

import dev.holdfast.replication.volume.Store;
import dev.holdfast.replication.volume.VolumeContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/** The contract on a real pool. */
class ZfsContractTest extends VolumeContract {

    private Pools pools;

    @Override
    protected Store open(String node) throws IOException {
        if (pools == null) {
            pools = Pools.orSkip();
        }
        return pools.open(node);
    }

    @AfterEach
    void destroyPools() throws IOException {
        if (pools != null) {
            pools.close();
        }
    }
}
