import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** An OSGi framework that installs the given bundles, starts them, and runs the main class of the last one. */
public final class Host {

    private Host() {}

    /** Runs {@code demo.Lobby} of the last bundle; the arguments are a folder for the cache and the jars. */
    public static void main(String[] args) throws Exception {
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, args[0], Constants.FRAMEWORK_STORAGE_CLEAN, "onFirstInit"));
        framework.start();
        try {
            BundleContext context = framework.getBundleContext();
            List<Bundle> bundles = new ArrayList<>();
            for (int i = 1; i < args.length; i++) {
                bundles.add(context.installBundle(Path.of(args[i]).toUri().toString()));
            }
            for (Bundle bundle : bundles) {
                bundle.start();
            }
            Bundle demo = bundles.get(bundles.size() - 1);
            demo.loadClass("demo.Lobby").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
            try {
                demo.loadClass("io.presence.internal.store.Entry");
                System.out.println("internal packages are visible");
            } catch (ClassNotFoundException hidden) {
                System.out.println("internal packages are hidden");
            }
        } finally {
            framework.stop();
            framework.waitForStop(0);
        }
    }
}
