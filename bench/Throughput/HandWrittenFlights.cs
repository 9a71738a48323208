using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Weir.Bench;

/// <summary>
/// What a careful person writes by hand for this one file: blocks of bytes, one pass, a dictionary a day. No recovery of any kind.
/// </summary>
internal static class HandWrittenFlights
{
    private struct Tally
    {
        public int Flights;
        public long DelaySum;
        public int MaxDelay;
    }

    public static string Run(string input, string output)
    {
        Aggregate(input, output);
        return FileBench.Digest(File.ReadLines(output));
    }

    private static void Aggregate(string input, string output)
    {
        using var file = File.OpenHandle(input, options: FileOptions.SequentialScan);
        using var target = new FileStream(output, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        using var json = new Utf8JsonWriter(target);
        var buffer = new byte[1 << 20];
        var (kept, offset, isHeader) = (0, 0L, true);
        var open = new SortedDictionary<int, Dictionary<uint, Tally>>();
        while (true)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(kept), offset);
            offset += read;
            var block = buffer.AsSpan(0, kept + read);
            for (int end; (end = block.IndexOf((byte)'\n')) >= 0; block = block[(end + 1)..])
            {
                if (isHeader)
                {
                    isHeader = false;
                    continue;
                }

                Add(block[..end], open, target, json);
            }

            block.CopyTo(buffer);
            kept = block.Length;
            if (read == 0)
            {
                break;
            }
        }

        foreach (var (day, tallies) in open)
        {
            Write(day, tallies, target, json);
        }

        target.Flush(flushToDisk: true);
    }

    private static void Add(
        ReadOnlySpan<byte> line, SortedDictionary<int, Dictionary<uint, Tally>> open, Stream target, Utf8JsonWriter json)
    {
        // 2001-01-01T00:47:00,66,1750,DTW,LAS
        var day = new DateOnly(
            ((line[0] - '0') * 1000) + ((line[1] - '0') * 100) + ((line[2] - '0') * 10) + line[3] - '0',
            ((line[5] - '0') * 10) + line[6] - '0',
            ((line[8] - '0') * 10) + line[9] - '0').DayNumber;
        var hour = ((line[11] - '0') * 10) + line[12] - '0';
        var rest = line[20..];
        _ = Utf8Parser.TryParse(rest, out int delay, out var used);
        rest = rest[(used + 1)..];
        _ = Utf8Parser.TryParse(rest, out int distance, out used);
        if (distance <= 100)
        {
            return;
        }

        var origin = rest[(used + 1)..];
        if (!open.TryGetValue(day, out var tallies))
        {
            open.Add(day, tallies = []);
        }

        // An hour of disorder is waited for before a day is closed.
        if (hour >= 1 && open.Count > 1)
        {
            foreach (var done in open.Keys.Where(other => other < day).ToList())
            {
                Write(done, open[done], target, json);
                open.Remove(done);
            }
        }

        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(
            tallies, origin[0] | ((uint)origin[1] << 8) | ((uint)origin[2] << 16), out var exists);
        tally.Flights++;
        tally.DelaySum += delay;
        tally.MaxDelay = exists ? Math.Max(tally.MaxDelay, delay) : delay;
    }

    private static void Write(int day, Dictionary<uint, Tally> tallies, Stream target, Utf8JsonWriter json)
    {
        var text = DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (origin, tally) in tallies)
        {
            json.WriteStartObject();
            json.WriteString("origin", Encoding.ASCII.GetString([(byte)origin, (byte)(origin >> 8), (byte)(origin >> 16)]));
            json.WriteString("day", text);
            json.WriteNumber("flights", tally.Flights);
            json.WriteNumber("averageDelay", tally.DelaySum / (double)tally.Flights);
            json.WriteNumber("maxDelay", tally.MaxDelay);
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            target.WriteByte((byte)'\n');
        }
    }
}
