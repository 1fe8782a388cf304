import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;

/**
 * A model collection on the loopback address. Arguments: a folder to write packages and the file `port` to, then folders of packages,
 * each of which becomes NAME.zip. Serves /files/NAME.zip, /cut/NAME.zip (breaks off in the middle once), /slow/NAME.zip (20 kB a tenth of
 * a second),
 * /collection.json with /package/NAME/FILE, /cover.png and /stop.
 */
public final class ModelServer
{
    private final Path _folder;
    private final Map<String, byte[]> _packages = new TreeMap<>();
    private final Map<String, byte[]> _files = new TreeMap<>();
    private final Set<String> _cut = Collections.synchronizedSet(new HashSet<>());
    private HttpServer _server;

    private ModelServer(Path folder)
    {
        _folder = folder;
    }

    public static void main(String[] arguments) throws IOException
    {
        ModelServer server = new ModelServer(Paths.get(arguments[0]));
        for (int i = 1; i < arguments.length; i++)
            server.add(Paths.get(arguments[i]));
        server.start();
    }

    private void add(Path source) throws IOException
    {
        String name = source.getFileName().toString();
        Map<String, byte[]> files = Packages.read(source);
        files.forEach((file, content) -> _files.put("/package/" + name + "/" + file, content));
        byte[] zip = Packages.zip(files);
        _packages.put(name, zip);
        Files.write(_folder.resolve(name + ".zip"), zip);
    }

    private void start() throws IOException
    {
        _server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        _server.setExecutor(Executors.newCachedThreadPool());
        _server.createContext("/files/", exchange -> send(exchange, _packages.get(name(exchange)), 0));
        _server.createContext("/package/", exchange -> send(exchange, _files.get(exchange.getRequestURI().getPath()), 0));
        _server.createContext("/slow/", exchange -> send(exchange, _packages.get(name(exchange)), 100));
        _server.createContext("/cut/", this::cut);
        _server.createContext("/collection.json", exchange -> send(exchange, collection().getBytes(StandardCharsets.UTF_8), 0));
        _server.createContext("/cover.png", exchange -> send(exchange, cover(), 0));
        _server.createContext("/stop", exchange ->
        {
            send(exchange, new byte[1], 0);
            System.exit(0);
        });
        _server.start();
        Path part = _folder.resolve("port.part");
        Files.write(part, Integer.toString(_server.getAddress().getPort()).getBytes(StandardCharsets.US_ASCII));
        Files.move(part, _folder.resolve("port"));
    }

    private static String name(HttpExchange exchange)
    {
        return exchange.getRequestURI().getPath().replaceAll(".*/|\\.zip$", "");
    }

    /** @param pause in ms after each 20 kB */
    private static void send(HttpExchange exchange, byte[] content, int pause) throws IOException
    {
        if (content == null)
        {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        int start = start(exchange, content.length);
        exchange.getResponseHeaders().set("ETag", "\"" + java.util.Arrays.hashCode(content) + "\"");
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        if (start > 0)
            exchange.getResponseHeaders().set("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(start > 0 ? 206 : 200, head ? -1 : content.length - start);
        try (OutputStream out = exchange.getResponseBody())
        {
            for (int at = start; !head && at < content.length; at += 20_000)
            {
                out.write(content, at, Math.min(20_000, content.length - at));
                if (pause > 0)
                {
                    out.flush();
                    Thread.sleep(pause);
                }
            }
        }
        catch (InterruptedException e)
        {
            Thread.currentThread().interrupt();
        }
    }

    private static int start(HttpExchange exchange, int length)
    {
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null || !range.matches("bytes=[0-9]{1,9}-.*"))
            return 0;
        int start = Integer.parseInt(range.replaceAll("bytes=|-.*", ""));
        return start < length ? start : 0;
    }

    /** The first answer ends in the middle; the second goes on from there when it is asked to. */
    private void cut(HttpExchange exchange) throws IOException
    {
        byte[] content = _packages.get(name(exchange));
        if (content == null || !_cut.add(name(exchange)))
        {
            send(exchange, content, 0);
            return;
        }
        exchange.getResponseHeaders().set("ETag", "\"" + java.util.Arrays.hashCode(content) + "\"");
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content, 0, content.length / 2);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private String collection()
    {
        return Packages.collection("http://127.0.0.1:" + _server.getAddress().getPort(), _packages.keySet());
    }

    /** A picture that is larger than the place for it. */
    private static byte[] cover() throws IOException
    {
        BufferedImage image = new BufferedImage(900, 600, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 40; i++)
        {
            graphics.setColor(Color.getHSBColor(i / 40f, 0.8f, 0.9f));
            graphics.fillOval(i * 97 % 860, i * 61 % 560, 70, 50);
        }
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
