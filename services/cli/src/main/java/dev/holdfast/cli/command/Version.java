package dev.holdfast.cli.command;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Holdfast.class.getPackage().getImplementationVersion();
        return new String[] {
            "holdfast " + (version == null ? "(not packaged)" : version),
            "Java " + Runtime.version() + " (" + System.getProperty("java.home") + ")",
        };
    }
}
