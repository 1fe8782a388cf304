package org.biodl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know which: every arrow between packages of the plugin, read from the compiled classes, and no others. */
class ArchitectureTest
{
    /** From a package to those that it may name, ImageJ's and Java's windows included. */
    private static final Map<String, String> ARROWS = new TreeMap<>();

    static
    {
        ARROWS.put("org.biodl.jni", "java.awt");
        ARROWS.put("org.biodl.run", "java.awt org.biodl.jni");
        ARROWS.put("org.biodl.image", "ij java.awt org.biodl.jni org.biodl.run");
        ARROWS.put("org.biodl", "ij org.biodl.image org.biodl.jni org.biodl.run");
        ARROWS.put("org.biodl.ij1", "ij java.awt javax.swing org.biodl.jni org.biodl.run");
        ARROWS.put("org.biodl.ij1.segment",
            "ij java.awt org.biodl org.biodl.ij1 org.biodl.ij1.models org.biodl.image org.biodl.jni org.biodl.run");
        ARROWS.put("org.biodl.ij1.run",
            "ij java.awt org.biodl org.biodl.ij1 org.biodl.ij1.models org.biodl.image org.biodl.jni org.biodl.run");
        ARROWS.put("org.biodl.ij1.train",
            "ij java.awt javax.swing org.biodl org.biodl.ij1 org.biodl.ij1.models org.biodl.ij1.run org.biodl.image org.biodl.jni "
                + "org.biodl.run");
        ARROWS.put("org.biodl.ij1.models", "ij java.awt javax.imageio javax.swing org.biodl.ij1 org.biodl.jni org.biodl.run");
        ARROWS.put("org.biodl.ij1.batch",
            "ij java.awt org.biodl org.biodl.ij1 org.biodl.ij1.models org.biodl.ij1.run org.biodl.ij1.segment org.biodl.ij1.train "
                + "org.biodl.image org.biodl.jni org.biodl.run");
        ARROWS.put("org.biodl.command", "org.biodl.ij1.batch");
    }

    /** A class in a descriptor or signature: Lpackage/Class; or package/Class alone. */
    private static final Pattern NAME = Pattern.compile("(?:^|L|\\[L)((?:org/biodl|ij|java/awt|javax/\\w+)(?:/[a-z0-9]+)*)/[A-Z]\\w*");

    private static Map<String, Set<String>> found() throws IOException
    {
        Path classes = Paths.get(BioDL.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        List<Path> files;
        try (Stream<Path> walk = Files.walk(classes.resolve("org/biodl")))
        {
            files = walk.filter(file -> file.toString().endsWith(".class") && !file.endsWith("package-info.class"))
                .collect(Collectors.toList());
        }
        assertFalse(files.isEmpty());
        Map<String, Set<String>> found = new TreeMap<>();
        for (Path file : files)
        {
            String from = classes.relativize(file.getParent()).toString().replace(file.getFileSystem().getSeparator(), ".");
            for (String text : texts(file))
                for (Matcher name = NAME.matcher(text); name.find();)
                    found.computeIfAbsent(from, key -> new TreeSet<>()).add(shortened(name.group(1).replace('/', '.')));
            found.get(from).remove(from);
        }
        return found;
    }

    /** All of ImageJ is one, and so is each of Java's window systems. */
    private static String shortened(String name)
    {
        return name.startsWith("ij.") ? "ij" : name.startsWith("java") ? name.replaceAll("^(javax?\\.\\w+).*", "$1") : name;
    }

    /** @return the texts in the constant pool of a class (Java Virtual Machine Specification, 4.4) */
    private static List<String> texts(Path file) throws IOException
    {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file)))
        {
            assertEquals(0xCAFEBABE, in.readInt(), file.toString());
            in.readInt();
            int count = in.readUnsignedShort();
            List<String> texts = new java.util.ArrayList<>();
            for (int i = 1; i < count; i++)
            {
                int tag = in.readUnsignedByte();
                if (tag == 1)
                    texts.add(in.readUTF());
                else
                    in.readFully(new byte[tag == 5 || tag == 6 ? 8 : tag == 15 ? 3 : tag == 7 || tag == 8 || tag == 16 || tag >= 19 ? 2
                        : 4]);
                if (tag == 5 || tag == 6)
                    i++;
            }
            return texts;
        }
    }

    @Test
    void packagesKnowWhatTheyMayAndNoMore() throws IOException
    {
        Map<String, String> arrows = new TreeMap<>();
        found().forEach((from, to) -> arrows.put(from, String.join(" ", to)));
        assertEquals(String.join("\n", lines(ARROWS)), String.join("\n", lines(arrows)));
    }

    private static List<String> lines(Map<String, String> arrows)
    {
        return arrows.entrySet().stream().map(arrow -> arrow.getKey() + " -> " + arrow.getValue()).collect(Collectors.toList());
    }

    @Test
    void thereAreNoCircles()
    {
        Set<String> settled = new TreeSet<>();
        for (int before = -1; before < settled.size();)
        {
            before = settled.size();
            ARROWS.forEach((from, to) ->
            {
                if (Stream.of(to.split(" ")).allMatch(name -> !ARROWS.containsKey(name) || settled.contains(name)))
                    settled.add(from);
            });
        }
        assertEquals(ARROWS.keySet(), settled);
    }

    /** What looks at images and runs needs no dialog. */
    @Test
    void onlyImageJsCommandsOpenWindows() throws IOException
    {
        Path classes = Paths.get(BioDL.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        for (String inner : new String[] { "jni", "run", "image" })
            try (Stream<Path> walk = Files.list(classes.resolve("org/biodl/" + inner)))
            {
                for (Path file : walk.collect(Collectors.toList()))
                    for (String text : texts(file))
                        assertTrue(!text.contains("ij/gui/") || inner.equals("image")
                            && text.matches(".*ij/gui/\\w*(Roi|Overlay)\\w*.*"), file + ": " + text);
            }
    }
}
