using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Weir;

namespace Corpus;

public static class Machines
{
    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades)
    {
        var region = Environment.GetEnvironmentVariable("REGION");
        var all = job.From(trades);
        all.Select(t => Environment.MachineName); // WEIR1003
        all.Select(t => Environment.GetEnvironmentVariable("REGION")); // WEIR1003
        all.Select(t => t.Symbol).Select(Environment.GetEnvironmentVariable); // WEIR1003
        all.Select(t => Environment.ProcessId); // WEIR1003
        all.Select(t => Environment.ProcessorCount); // WEIR1003
        all.Select(t => Environment.CurrentManagedThreadId); // WEIR1003
        all.Select(t => Environment.UserName); // WEIR1003
        all.Select(t => Environment.CurrentDirectory); // WEIR1003
        all.Select(t => Environment.OSVersion); // WEIR1003
        all.Select(t => Process.GetCurrentProcess().Id); // WEIR1003
        all.Select(t => AppContext.BaseDirectory); // WEIR1003
        all.Select(t => AppDomain.CurrentDomain.FriendlyName); // WEIR1003
        all.Select(t => Thread.CurrentThread.ManagedThreadId); // WEIR1003
        all.Select(t => RuntimeInformation.OSDescription); // WEIR1003
        all.Select(t => RuntimeInformation.ProcessArchitecture); // WEIR1003
        all.Select(t => OperatingSystem.IsLinux()); // WEIR1003
        all.Select(t => GC.GetTotalMemory(false)); // WEIR1003
        all.Select(t => GC.CollectionCount(0)); // WEIR1003
        all.Select(t => typeof(Trade).Assembly.Location); // WEIR1003
        all.Select(t => Assembly.GetEntryAssembly()); // WEIR1003
        all.Select(t => System.Net.Dns.GetHostName()); // WEIR1003
        all.Select(t => System.Net.NetworkInformation.NetworkInterface.GetIsNetworkAvailable()); // WEIR1003
        all.Select(t => System.IO.Path.GetTempPath()); // WEIR1003
        all.Select(t => Debugger.IsAttached); // WEIR1003

        // Near misses.
        all.Where(t => t.Symbol == region);
        all.Select(t => nameof(Environment.MachineName));
        all.Select(t => typeof(Trade).Assembly.GetName());
        all.Select(t => System.IO.Path.Combine(t.Symbol, t.Text));
        all.Select(t => System.IO.Path.GetExtension(t.Text));
        all.Select(t => Math.Sqrt(t.Price));
        all.Select(t => System.Net.IPAddress.Loopback);
        all.Select(t => typeof(Trade).Name);
    }
}
