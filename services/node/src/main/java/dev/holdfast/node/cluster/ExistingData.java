package dev.holdfast.node.cluster;

import java.nio.file.Path;

/** Init was asked to write where something already is. Nothing was changed. */
public final class ExistingData extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ExistingData(Path folder) {
        super(folder + " already holds data: init never writes over it. Start the cluster that is there, "
                + "or name another folder, or remove this one yourself");
    }
}
