package org.biodl.ij1.train;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.biodl.ij1.models.ModelsActions;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Training;

/** The best state of a training that goes on, as a model that can be used at once. */
final class TrainingSnapshot
{
    private static final int LONGEST_NAME = 60;

    private TrainingSnapshot()
    {
    }

    /**
     * Make a model of it and install that, called after the model to be and the step. Takes seconds, so not on the event thread.
     *
     * @return its id
     * @throws BioDLException when there is nothing to keep yet, or the disk is full
     */
    static String install(Training training)
    {
        Path folder = null;
        try
        {
            folder = Files.createTempDirectory("biodl-snapshot");
            // ids are made of it
            String name = training.name().replaceAll("[\\\\/:*?\"<>|\\x00]", "-");
            String made = folder.resolve(name.substring(0, Math.min(name.length(), LONGEST_NAME)) + " now").toString();
            training.snapshot(made);
            return ModelsActions.install(made, "", null).entries.get(0).id;
        }
        catch (IOException e)
        {
            throw new BioDLException(BioDLException.IO, "The model could not be kept: " + e.getMessage(), "Free some space on the disk.");
        }
        finally
        {
            if (folder != null)
                delete(folder.toFile());
        }
    }

    private static void delete(File file)
    {
        File[] inner = file.listFiles();
        for (File one : inner == null ? new File[0] : inner)
            delete(one);
        file.delete();
    }
}
