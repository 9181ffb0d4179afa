package dev.freshet.ingest.state;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

/**
 * A value of the state as a savepoint holds it: the snapshot of its serializer, then its bytes.
 *
 * @param compatibility of the serializer of today with the one that wrote the file
 * @param value as it is after the restore, migrated where the shape has grown
 */
record StateFile<T>(TypeSerializerSchemaCompatibility<T> compatibility, T value) {
    static <T> void write(Path file, T value) throws IOException {
        TypeSerializer<T> serializer = serializerOf(value);
        try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file))) {
            DataOutputViewStreamWrapper out = new DataOutputViewStreamWrapper(bytes);
            TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
            serializer.serialize(value, out);
            out.flush();
        }
    }

    /** Reads as a state backend restores: with the serializer of then, and once more with that of today. */
    static <T> StateFile<T> read(Path file, T like) throws IOException {
        TypeSerializer<T> today = serializerOf(like);
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            DataInputViewStreamWrapper in = new DataInputViewStreamWrapper(bytes);
            TypeSerializerSnapshot<T> then =
                    TypeSerializerSnapshot.readVersionedSnapshot(in, StateFile.class.getClassLoader());
            TypeSerializerSchemaCompatibility<T> compatibility =
                    today.snapshotConfiguration().resolveSchemaCompatibility(then);
            T restored = then.restoreSerializer().deserialize(in);
            return new StateFile<>(compatibility, migrated(restored, today));
        }
    }

    private static <T> T migrated(T restored, TypeSerializer<T> today) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        today.serialize(restored, new DataOutputViewStreamWrapper(bytes));
        return today.deserialize(new DataInputViewStreamWrapper(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @SuppressWarnings("unchecked")
    private static <T> TypeSerializer<T> serializerOf(T value) {
        return TypeInformation.of((Class<T>) value.getClass()).createSerializer(new SerializerConfigImpl());
    }
}
