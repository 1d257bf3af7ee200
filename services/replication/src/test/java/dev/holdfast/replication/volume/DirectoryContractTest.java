package dev.holdfast.replication.volume;

import java.io.IOException;

class DirectoryContractTest extends VolumeContract {

    @Override
    protected Store open(String node) throws IOException {
        return Store.open(folder.resolve(node));
    }
}
