import java.io.File;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.hdfs.server.namenode.FSNamesystem;
import org.apache.hadoop.hdfs.server.namenode.NameNode;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;

/** A NameNode and a DataNode in one JVM, by the configuration on the class path. Arguments: users to make a home for. */
public final class LabHdfs {
    public static void main(String[] users) throws Exception {
        // Both count the same things, which one JVM may do only once.
        DefaultMetricsSystem.setMiniClusterMode(true);
        Configuration conf = new HdfsConfiguration();
        for (java.net.URI folder : FSNamesystem.getNamespaceDirs(conf)) {
            if (!new File(new File(folder), "current").exists()) NameNode.format(conf);
        }
        NameNode.createNameNode(new String[0], conf);
        DataNode.createDataNode(new String[0], conf);
        DistributedFileSystem files = (DistributedFileSystem) FileSystem.get(conf);
        while (files.isInSafeMode() || files.getDataNodeStats().length == 0) Thread.sleep(200);
        makeFolder(files, "/tmp", new FsPermission((short) 01777));
        for (String user : users) {
            Path home = makeFolder(files, "/user/" + user, new FsPermission((short) 0700));
            files.setOwner(home, user, user);
        }
        System.out.println("HDFS is ready");
    }

    private static Path makeFolder(FileSystem files, String name, FsPermission permission) throws Exception {
        Path folder = new Path(name);
        files.mkdirs(folder);
        files.setPermission(folder, permission);
        return folder;
    }
}
