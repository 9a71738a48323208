using System.Security.Cryptography;
using Weir;

namespace Corpus;

public static class Randomness
{
    private static readonly Random Shared = new();
    private static readonly Random Seeded = new(42);

    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades)
    {
        var run = Guid.NewGuid();
        var all = job.From(trades);
        var random = new Random();
        var seeded = new Random(7);
        all.Select(t => Guid.NewGuid()); // WEIR1002
        all.Select(t => Guid.CreateVersion7()); // WEIR1002
        all.Select(t => Random.Shared.Next()); // WEIR1002
        all.Where(t => Random.Shared.NextDouble() < 0.1); // WEIR1002
        all.Select(t => new Random().Next(t.Id)); // WEIR1002
        all.Select(t => random.Next()); // WEIR1002
        all.Select(t => Shared.Next()); // WEIR1002
        all.Select(t => Seeded.Next()); // WEIR1008
        all.Select(t => seeded.NextDouble()); // WEIR1008
        all.Select(t => RandomNumberGenerator.GetInt32(10)); // WEIR1002
        all.Select(t => RandomNumberGenerator.GetBytes(4)); // WEIR1002
        all.Select(t =>
        {
            var bytes = new byte[4];
            RandomNumberGenerator.Fill(bytes); // WEIR1002
            return bytes;
        });
        all.Select(t => System.IO.Path.GetRandomFileName()); // WEIR1002
        all.SelectMany(t => t.Lots.Shuffle()); // WEIR1002
        all.Select(t => RSA.Create().KeySize); // WEIR1002
        all.Select(t =>
        {
            var lots = t.Lots.ToArray();
            Random.Shared.Shuffle(lots); // WEIR1002
            return lots;
        });

        // Near misses.
        all.Select(t => new Random(t.Id).Next());
        all.Select(t =>
        {
            var own = new Random(t.Id);
            return own.Next() + own.Next();
        });
        all.Select(t => run);
        all.Select(t => new Guid(t.Text));
        all.Select(t => Guid.Empty);
        all.Select(t => Guid.Parse(t.Text));
        all.Select(t => SHA256.HashData(t.Key.ToByteArray()));
        all.Select(t => nameof(Random.Shared));
        all.Select(t => Draw(t, new Random(t.Id)));
    }

    private static int Draw(Trade trade, Random random) => random.Next(trade.Id);
}
