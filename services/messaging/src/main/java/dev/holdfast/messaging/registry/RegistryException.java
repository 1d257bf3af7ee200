package dev.holdfast.messaging.registry;

/** A schema registry could not be asked, or refused. Says which, what for, and why. */
public final class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RegistryException(String message) {
        super(message);
    }

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
