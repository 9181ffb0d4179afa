package dev.freshet.engines.extract;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Damages files as transmission does, and as somebody does who means it. */
final class Mutations {
    private static final byte[][] BAIT = {
        Files.utf8("<"),
        Files.utf8("&#x0;"),
        Files.utf8("((((((((((((((((("),
        Files.utf8("--x\r\n"),
        Files.utf8("<table><tr><td>"),
        Files.utf8("99999999999"),
        Files.utf8("-1"),
        Files.utf8("<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\">]>"),
        Files.utf8("endobj\nstream\n"),
        Files.utf8("[[[[[[[[[[[[[[[<<<<<<<<<<<"),
        {0, 0, 0, 0},
        {(byte) 0xFF, (byte) 0xFE},
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80}
    };

    private final RandomGenerator random;

    Mutations(RandomGenerator random) {
        this.random = random;
    }

    /** The file with some damage; of a zip file, as often as not, in one of the files inside of it. */
    byte[] of(byte[] file) {
        if (PackedFile.isZip(file) && random.nextInt(4) > 0) {
            return inside(file);
        }
        return damaged(file);
    }

    private byte[] damaged(byte[] file) {
        byte[] bytes = file;
        int times = 1 + random.nextInt(6);
        for (int i = 0; i < times; i++) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        int to = at + random.nextInt(Math.min(bytes.length - at, 200) + 1);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> joined(bytes, at, new byte[0], to);
            case 2 -> joined(bytes, at, BAIT[random.nextInt(BAIT.length)], to);
            case 3 -> repeated(bytes, at, to);
            case 4 -> joined(bytes, at, noise(), at);
            default -> flipped(bytes, at);
        };
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(16)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] repeated(byte[] bytes, int at, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int times = 1 << random.nextInt(10);
        for (int i = 0; i < times; i++) {
            out.write(bytes, at, to - at);
        }
        return joined(bytes, at, out.toByteArray(), to);
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        for (int i = at; i < Math.min(bytes.length, at + 1 + random.nextInt(4)); i++) {
            flipped[i] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] joined(byte[] bytes, int end, byte[] middle, int start) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, end);
        out.writeBytes(middle);
        out.write(bytes, start, bytes.length - start);
        return out.toByteArray();
    }

    private byte[] inside(byte[] file) {
        return Files.written(out -> {
            try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(file));
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    byte[] content = in.readAllBytes();
                    zip.putNextEntry(new ZipEntry(entry.getName()));
                    zip.write(random.nextInt(6) == 0 ? damaged(content) : content);
                }
            }
        });
    }
}
