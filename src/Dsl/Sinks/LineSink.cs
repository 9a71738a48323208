using System.Globalization;
using System.Text;

namespace Weir;

/// <summary>Writes a line for each record to a text writer, a batch at a time, in the background.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="description">Where to, for messages.</param>
/// <param name="writer">Finds the writer: standard output may be another one by the time the job runs.</param>
/// <param name="format">Makes the line of a record; null for the record's own text.</param>
#pragma warning disable CA1001 // A semaphore holds nothing unless somebody asks for its wait handle.
internal sealed class LineSink<T>(string description, Func<TextWriter> writer, Func<T, string>? format) : ISink<T>
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turn = new(1);

    public string Description => description;

    public ISinkWriter<T> Open(SinkContext context) => new Writer(writer, format ?? StandardOutput.TextOf, _turn);

    private sealed class Writer(Func<TextWriter> writer, Func<T, string> format, SemaphoreSlim turn) : SinkWriter<T>
    {
        private readonly StringBuilder _lines = new();

        public override bool HasBacklog => _lines.Length > 0;

        // The text of a record type asks its members, and they ask for the culture of the thread: there is no other way to tell them.
        public override void Write(Batch<T> batch)
        {
            var culture = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            try
            {
                foreach (var record in batch.Values)
                {
                    _lines.Append(format(record)).Append('\n');
                }
            }
            finally
            {
                CultureInfo.CurrentCulture = culture;
            }
        }

        public override async ValueTask DrainAsync(CancellationToken cancellation)
        {
            await turn.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                var target = writer();
                await target.WriteAsync(_lines, cancellation).ConfigureAwait(false);
                await target.FlushAsync(cancellation).ConfigureAwait(false);
            }
            finally
            {
                turn.Release();
            }

            _lines.Clear();
        }
    }
}
