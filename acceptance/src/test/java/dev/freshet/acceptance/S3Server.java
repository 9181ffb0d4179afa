package dev.freshet.acceptance;

import dev.freshet.local.stack.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** S3Proxy as a process: a server that speaks S3, checks signatures, and keeps objects as files. */
final class S3Server implements AutoCloseable {
    static final String BUCKET = "corpus";
    static final String ACCESS_KEY = "freshet";
    static final String SECRET_KEY = "a-secret-of-this-test";

    private final Path bucket;
    private final int port;
    private final Process process;

    private S3Server(Path bucket, int port, Process process) {
        this.bucket = bucket;
        this.port = port;
        this.process = process;
    }

    /** Starts it; returns when it takes connections. */
    static S3Server start(Path folder) throws IOException {
        Path bucket = Files.createDirectories(folder.resolve("objects").resolve(BUCKET));
        // What everybody may read is a public bucket to it.
        Files.setPosixFilePermissions(bucket, PosixFilePermissions.fromString("rwx------"));
        int port = Ports.free().api();
        Path options = Files.writeString(
                folder.resolve("s3proxy.conf"), """
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(port, ACCESS_KEY, SECRET_KEY, bucket.getParent()));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar("s3proxy").toString(),
                        "--properties",
                        options.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        Awaitility.await("S3Proxy takes connections")
                .atMost(Duration.ofSeconds(60))
                .until(() -> process.isAlive() && accepts(port));
        return new S3Server(bucket, port, process);
    }

    /** A jar that the build copied for this test. */
    static Path jar(String name) {
        return SharedData.project().resolve("acceptance/target/s3").resolve(name + ".jar");
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    void put(String key, byte[] object) throws IOException {
        Path file = bucket.resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, object);
    }

    String uri(String key) {
        return "s3://" + BUCKET + "/" + key;
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
