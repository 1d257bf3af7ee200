package dev.holdfast.replication.transfer;

class PipeTransferTest extends TransferTest {

    @Override
    Way way() {
        return new PipeWay();
    }
}
