using System.Net.Http;
using System.Net.Sockets;
using Weir;

namespace Corpus;

public static class Outside
{
    private static readonly object Gate = new();
    private static readonly SemaphoreSlim Semaphore = new(1);
    private static readonly HttpClient Client = new();

    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades, System.Data.IDbConnection database, Task<int> limit)
    {
        var rates = File.ReadAllLines("rates.csv");
        var all = job.From(trades);
        all.Select(t => File.ReadAllText(t.Text)); // WEIR1007
        all.Where(t => File.Exists(t.Text)); // WEIR1007
        all.Select(t => Directory.GetFiles(t.Text).Length); // WEIR1007
        all.Select(t => new FileInfo(t.Text).Length); // WEIR1007
        all.Select(t => new StreamReader(t.Text).ReadLine()); // WEIR1007
        all.Select(t => { Console.WriteLine(t.Symbol); return t; }); // WEIR1007
        all.Select(t => Console.ReadLine()); // WEIR1007
        all.Select(t => Client.GetStringAsync(t.Text).Result); // WEIR1007
        all.Select(t => new HttpClient().GetStringAsync(t.Text).GetAwaiter().GetResult()); // WEIR1007
        all.Select(t => new TcpClient(t.Text, 80).Connected); // WEIR1007
        all.Select(t => System.Net.Dns.GetHostEntry(t.Text).HostName); // WEIR1007
        all.Select(t => { Thread.Sleep(1); return t; }); // WEIR1007
        all.Select(t => limit.Result); // WEIR1007
        all.Select(t => { limit.Wait(); return t; }); // WEIR1007
        all.Select(t =>
        {
            lock (Gate) // WEIR1007
            {
                return t.Id;
            }
        });
        all.Select(t =>
        {
            Monitor.Enter(Gate); // WEIR1007
            Monitor.Exit(Gate); // WEIR1007
            return t.Id;
        });
        all.Select(t => { Semaphore.Wait(); return t; }); // WEIR1007
        all.Select(t => database.CreateCommand()); // WEIR1007
        all.Select(t => { database.Open(); return t; }); // WEIR1007

        // Near misses.
        all.Where(t => rates.Contains(t.Symbol));
        all.Select(t => new StringReader(t.Text).ReadLine());
        all.Select(t => new MemoryStream(t.Key.ToByteArray()).Length);
        all.Select(t => new StreamReader(new MemoryStream()).ReadToEnd());
        all.Select(t => Path.GetFileName(t.Text));
        all.Select(t => nameof(File.ReadAllText));
        all.Select(t => new Uri(t.Text).Host);
        all.Select(t => System.Net.WebUtility.HtmlEncode(t.Text));
        all.Select(t => HttpMethod.Get.Method);
    }
}
