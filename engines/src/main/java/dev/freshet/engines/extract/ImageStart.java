package dev.freshet.engines.extract;

/** How images begin that tesseract reads: PNG, JPEG and TIFF. */
final class ImageStart {
    private ImageStart() {}

    static boolean isImage(byte[] bytes) {
        return PackedFile.startsWith(bytes, 0x89, 'P', 'N', 'G')
                || PackedFile.startsWith(bytes, 0xFF, 0xD8, 0xFF)
                || PackedFile.startsWith(bytes, 'I', 'I', 42, 0)
                || PackedFile.startsWith(bytes, 'M', 'M', 0, 42);
    }
}
