/** The SDK does not offer a part of the protocol. */
final class Unsupported extends Exception {
    private static final long serialVersionUID = 1L;

    Unsupported(String part) {
        super(part);
    }
}
