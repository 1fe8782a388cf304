package org.biodl.ij1.models;

import java.awt.Component;
import java.awt.GridLayout;
import java.io.File;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.filechooser.FileNameExtensionFilter;
import org.biodl.jni.CatalogueEntry;

/** What the window asks. Every answer may be null: the user cancelled. */
final class ModelsQuestions
{
    private static File _folder;

    private ModelsQuestions()
    {
    }

    /** Where a model is on the web. */
    static final class Address
    {
        final String url;
        /** "" when it is not known. */
        final String sha256;

        Address(String url, String sha256)
        {
            this.url = url;
            this.sha256 = sha256;
        }
    }

    /** @return the path of a package or network */
    static String file(Component parent)
    {
        JFileChooser chooser = new JFileChooser(_folder);
        chooser.setDialogTitle("Install a model: a zip package, a .onnx file or a description");
        chooser.setFileFilter(new FileNameExtensionFilter("Models (zip, onnx, yaml)", "zip", "onnx", "yaml", "yml"));
        return choose(chooser, parent);
    }

    /** @return the path of the folder of a package */
    static String folder(Component parent)
    {
        JFileChooser chooser = new JFileChooser(_folder);
        chooser.setDialogTitle("Install a model: the folder of a package");
        chooser.setFileSelectionMode(JFileChooser.DIRECTORIES_ONLY);
        return choose(chooser, parent);
    }

    private static String choose(JFileChooser chooser, Component parent)
    {
        if (chooser.showDialog(parent, "Install") != JFileChooser.APPROVE_OPTION)
            return null;
        _folder = chooser.getCurrentDirectory();
        return chooser.getSelectedFile().getAbsolutePath();
    }

    static Address url(Component parent)
    {
        JTextField url = new JTextField(44);
        JTextField sha256 = new JTextField(44);
        url.setName("url");
        sha256.setName("sha256");
        JPanel fields = new JPanel(new GridLayout(0, 1, 0, 4));
        fields.add(new JLabel("URL of a model package (http or https), or the id of a model of the BioImage Model Zoo:"));
        fields.add(url);
        fields.add(new JLabel("SHA-256 of the file, where it is known (optional):"));
        fields.add(sha256);
        Object[] answers = { "Install", "Cancel" };
        int answer = JOptionPane.showOptionDialog(parent, fields, "Install from URL", JOptionPane.DEFAULT_OPTION,
            JOptionPane.PLAIN_MESSAGE, null,
            answers, answers[0]);
        String text = url.getText().trim();
        return answer != 0 || text.isEmpty() ? null : new Address(text, sha256.getText().trim());
    }

    /** @return whether to remove it */
    static boolean remove(Component parent, CatalogueEntry entry)
    {
        Object[] answers = { "Remove", "Keep" };
        String size = ModelsText.size(entry.bytes);
        // in a text area of its own, because a label would take a name that begins with <html> for HTML
        javax.swing.JTextArea text = new javax.swing.JTextArea("Remove " + ModelsText.name(entry) + " (" + entry.id + ")"
            + (size.isEmpty() ? "" : ", " + size) + " from this machine?");
        text.setEditable(false);
        text.setOpaque(false);
        return JOptionPane.showOptionDialog(parent, text, "Remove Model", JOptionPane.DEFAULT_OPTION, JOptionPane.QUESTION_MESSAGE, null,
            answers,
            answers[1]) == 0;
    }
}
