import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Model packages as a collection offers them. */
final class Packages
{
    private Packages()
    {
    }

    /** @return the files of a folder by name */
    static Map<String, byte[]> read(Path folder) throws IOException
    {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder))
        {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator)
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
        return files;
    }

    static byte[] zip(Map<String, byte[]> files) throws IOException
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8))
        {
            for (Map.Entry<String, byte[]> file : files.entrySet())
            {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** @return an index as the collection of bioimage.io had it: the description of NAME lies at ADDRESS/package/NAME/bioimageio.yaml */
    static String collection(String address, Iterable<String> names)
    {
        StringBuilder text = new StringBuilder("{\"collection\": [");
        String comma = "";
        for (String name : names)
        {
            text.append(comma).append(String.format("{\"type\": \"model\", \"id\": \"%s\", \"name\": \"Online %s\", \"license\": \"MIT\", "
                + "\"description\": \"A model of the test's collection.\", \"tags\": [\"2d\", \"fluorescence\"], "
                + "\"cite\": [{\"text\": \"Nobody et al.\"}], \"rdf_source\": \"%s/package/%s/bioimageio.yaml\", "
                + "\"covers\": [\"%s/cover.png\"]}", name, name, address, name, address));
            comma = ", ";
        }
        return text.append("]}").toString();
    }
}
