package org.biodl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.biodl.jni.BioDLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest
{
    @TempDir
    Path root;

    @BeforeEach
    void write() throws IOException
    {
        Files.createDirectories(root.resolve("in/deeper"));
        Files.createDirectories(root.resolve("in/out"));
        for (String name : Arrays.asList("b.tif", "a.TIF", "a.png", "notes.txt", ".hidden.tif", "deeper/c.tiff", "out/old.tif",
            "x [1].tif"))
            Files.write(root.resolve("in").resolve(name), new byte[1]);
    }

    private Settings settings(String more)
    {
        return Settings.parse(FolderOptions.LIST, "folder=[" + root.resolve("in") + "] results_folder=[" + root.resolve("in/out") + "] "
            + more, name -> name);
    }

    private static List<String> names(ImageFolder folder)
    {
        return folder.getFiles().stream().map(folder::name).collect(Collectors.toList());
    }

    @Test
    void imagesAreThoseOfTheNamesAndNoResults()
    {
        assertEquals(Arrays.asList("a.TIF", "a.png", "b.tif", "x [1].tif"), names(ImageFolder.of(settings(""))));
        assertEquals(Arrays.asList("a.TIF", "a.png", "b.tif", "deeper/c.tiff", "x [1].tif"), names(ImageFolder.of(settings("subfolders"))));
        assertEquals(Arrays.asList("a.png", "b.tif"), names(ImageFolder.of(settings("files=[a.png, B*]"))));
    }

    /** Images that differ in their ending alone keep it, and folders are mirrored. */
    @Test
    void everyImageHasResultsOfItsOwn()
    {
        ImageFolder folder = ImageFolder.of(settings("subfolders"));
        List<String> results = folder.getFiles().stream().map(file -> root.resolve("in/out").relativize(folder.result(file, "-labels.tif")
            .toPath()).toString()).collect(Collectors.toList());
        assertEquals(Arrays.asList("a.TIF-labels.tif", "a.png-labels.tif", "b-labels.tif", "deeper/c-labels.tif", "x [1]-labels.tif"),
            results);
    }

    @Test
    void resultsAmongTheImagesAreRefused() throws IOException
    {
        Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("in"));
        for (Path same : Arrays.asList(root.resolve("in"), root.resolve("in/../in"), link))
            assertThrows(OptionException.class, () -> ImageFolder.of(settings("").with(FolderOptions.RESULTS, same.toString())));
    }

    @Test
    void whatIsNotThereIsNamed()
    {
        assertTrue(assertThrows(OptionException.class, () -> ImageFolder.of(settings("files=*.czi"))).inDialog().startsWith("Files: "));
        assertThrows(OptionException.class, () -> ImageFolder.of(settings("").with(FolderOptions.FOLDER, new File("nowhere").getPath())));
        assertThrows(BioDLException.class, () -> ImageFolder.of(Settings.of(FolderOptions.LIST)));
    }
}
