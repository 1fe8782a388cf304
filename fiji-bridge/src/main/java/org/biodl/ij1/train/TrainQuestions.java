package org.biodl.ij1.train;

import ij.IJ;
import java.text.DateFormat;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;
import javax.swing.JOptionPane;
import javax.swing.JTextArea;
import org.biodl.ij1.EventThread;
import org.biodl.jni.UnfinishedTraining;

/** What is asked before a training. Not on the event thread. */
final class TrainQuestions
{
    private static final int MILLISECONDS = 1000;

    private TrainQuestions()
    {
    }

    /** @return the training that is to go on; null for a new one, or where there is none. Those that the user discards are deleted */
    static UnfinishedTraining unfinished(List<UnfinishedTraining> trainings)
    {
        for (UnfinishedTraining training : trainings)
        {
            String last = DateFormat.getDateTimeInstance(DateFormat.MEDIUM, DateFormat.SHORT).format(new Date(training.last
                * MILLISECONDS));
            int answer = ask("Unfinished Training", "The training of '" + training.name + "' (" + training.method.getId()
                + ") was broken off at step " + training.step + " of " + training.steps + ", " + last + ".\nIt can go on from there.",
                "Go On", "New Training", "Discard It");
            if (answer == 0)
                return training;
            if (answer != 2)
                return null;
            UnfinishedTraining.discard(training.id);
        }
        return null;
    }

    /** @return whether to get libtorch now */
    static boolean libtorch(String problem)
    {
        return ask("libtorch", problem + "\nTrainings need it: 128 MB to download, once. Get it now?", "Get libtorch", "Cancel") == 0;
    }

    /** @return index of the answer, -1 where the window was closed */
    private static int ask(String title, String text, Object... answers)
    {
        return seen(() ->
        {
            // a label would take a name that begins with <html> for HTML
            JTextArea area = new JTextArea(text, 4, 48);
            area.setEditable(false);
            area.setOpaque(false);
            area.setLineWrap(true);
            area.setWrapStyleWord(true);
            return JOptionPane.showOptionDialog(IJ.getInstance(), area, title, JOptionPane.DEFAULT_OPTION, JOptionPane.QUESTION_MESSAGE,
                null, answers, answers[0]);
        });
    }

    private static int seen(Supplier<Integer> question)
    {
        int[] answer = { -1 };
        EventThread.run(() -> answer[0] = question.get());
        return answer[0];
    }
}
