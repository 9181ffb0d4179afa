package dev.freshet.core.rank;

import dev.freshet.core.fuse.ListStatistics;
import dev.freshet.core.rank.RankingSummary.Heard;
import dev.freshet.core.rank.RankingSummary.SecondLook;
import dev.freshet.core.search.HitCount;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A cursor as text: base64url of a checksum and the numbers, of which most fit into a float, as they came from the index. */
final class CursorBytes {
    private static final int VERSION = 1;
    private static final int ID_BYTES = 16;
    private static final int ID_LENGTH = 22;
    private static final int MOST = 10_000;
    private static final int LONGEST_TEXT = 2 << 20;

    private CursorBytes() {}

    static String write(Cursor cursor) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(cursor.search());
            out.writeInt(cursor.rank());
            summary(out, cursor.summary());
            strings(out, cursor.degraded());
            out.writeBoolean(cursor.total() != null);
            if (cursor.total() != null) {
                out.writeLong(cursor.total().value());
                out.writeBoolean(cursor.total().exact());
            }
            out.writeShort(cursor.entries().size());
            for (Cursor.Entry entry : cursor.entries()) {
                entry(out, entry, cursor.summary());
            }
            out.flush();
            CRC32 checksum = new CRC32();
            checksum.update(bytes.toByteArray());
            out.writeInt((int) checksum.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written to", e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    static Optional<Cursor> read(String text) {
        if (text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            CRC32 checksum = new CRC32();
            checksum.update(bytes, 0, Math.max(0, bytes.length - Integer.BYTES));
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                if (in.readByte() != VERSION) {
                    return Optional.empty();
                }
                Cursor cursor = cursor(in);
                return in.readInt() == (int) checksum.getValue() && in.read() < 0
                        ? Optional.of(cursor)
                        : Optional.empty();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Cursor cursor(DataInputStream in) throws IOException {
        String search = in.readUTF();
        int rank = in.readInt();
        RankingSummary summary = summary(in);
        List<String> degraded = strings(in);
        HitCount total = in.readBoolean() ? new HitCount(in.readLong(), in.readBoolean()) : null;
        int count = bounded(in.readUnsignedShort());
        List<Cursor.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(in, summary));
        }
        return new Cursor(search, rank, summary, degraded, total, entries);
    }

    private static void summary(DataOutputStream out, RankingSummary summary) throws IOException {
        out.writeByte(summary.lists().size());
        for (ListStatistics list : summary.lists()) {
            out.writeUTF(list.name());
            out.writeDouble(list.share());
            out.writeInt(list.size());
            out.writeDouble(list.lowest());
            out.writeDouble(list.highest());
            out.writeDouble(list.mean());
            out.writeDouble(list.deviation());
        }
        out.writeDouble(summary.freshnessShare());
        SecondLook second = summary.second();
        out.writeBoolean(second != null);
        if (second != null) {
            out.writeUTF(second.reranker());
            out.writeDouble(second.weight());
            out.writeDouble(second.lowest());
            out.writeDouble(second.highest());
        }
    }

    private static RankingSummary summary(DataInputStream in) throws IOException {
        int count = in.readUnsignedByte();
        List<ListStatistics> lists = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lists.add(new ListStatistics(
                    in.readUTF(),
                    in.readDouble(),
                    in.readInt(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble()));
        }
        double freshnessShare = in.readDouble();
        SecondLook second = in.readBoolean()
                ? new SecondLook(in.readUTF(), in.readDouble(), in.readDouble(), in.readDouble())
                : null;
        return new RankingSummary(lists, freshnessShare, second);
    }

    private static void entry(DataOutputStream out, Cursor.Entry entry, RankingSummary summary) throws IOException {
        id(out, entry.chunkId());
        out.writeByte(entry.heard().size());
        for (Heard heard : entry.heard()) {
            out.writeByte(heard.list());
            out.writeShort(heard.rank());
            out.writeFloat((float) heard.score());
        }
        if (summary.freshnessShare() > 0) {
            out.writeFloat((float) entry.freshness());
        }
        if (summary.second() != null) {
            out.writeFloat((float) entry.reranked());
        }
        out.writeShort(entry.duplicates().size());
        for (String duplicate : entry.duplicates()) {
            id(out, duplicate);
        }
    }

    private static Cursor.Entry entry(DataInputStream in, RankingSummary summary) throws IOException {
        String id = id(in);
        int lists = in.readUnsignedByte();
        List<Heard> heard = new ArrayList<>(lists);
        for (int i = 0; i < lists; i++) {
            int list = in.readUnsignedByte();
            if (list >= summary.lists().size()) {
                throw new IOException("a list that is none");
            }
            heard.add(new Heard(list, in.readUnsignedShort(), in.readFloat()));
        }
        double freshness = summary.freshnessShare() > 0 ? in.readFloat() : 0;
        double reranked = summary.second() == null ? Double.NaN : in.readFloat();
        int count = bounded(in.readUnsignedShort());
        List<String> duplicates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            duplicates.add(id(in));
        }
        return new Cursor.Entry(id, heard, freshness, reranked, duplicates);
    }

    /** Ids are 16 bytes in base64url; others, of an index that somebody else made, go as they are. */
    private static void id(DataOutputStream out, String id) throws IOException {
        byte[] decoded = decoded(id);
        out.writeBoolean(decoded != null);
        if (decoded == null) {
            out.writeUTF(id);
        } else {
            out.write(decoded);
        }
    }

    private static String id(DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return in.readUTF();
        }
        byte[] bytes = new byte[ID_BYTES];
        in.readFully(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte @Nullable [] decoded(String id) {
        if (id.length() != ID_LENGTH) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(id);
            boolean same = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(bytes)
                    .equals(id);
            return same && bytes.length == ID_BYTES ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void strings(DataOutputStream out, List<String> strings) throws IOException {
        out.writeByte(strings.size());
        for (String string : strings) {
            out.writeUTF(string);
        }
    }

    private static List<String> strings(DataInputStream in) throws IOException {
        int count = in.readUnsignedByte();
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            strings.add(in.readUTF());
        }
        return strings;
    }

    private static int bounded(int count) throws IOException {
        if (count > MOST) {
            throw new IOException("too many");
        }
        return count;
    }
}
