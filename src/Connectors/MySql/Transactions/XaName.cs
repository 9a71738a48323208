using System.Globalization;
using System.Text;
using Weir.Databases;

namespace Weir.MySqlServers.Transactions;

/// <summary>
/// What an XA transaction is called: <c>'weir/orders/totals/00c0ffee00c0ffee','att-3/sub-0/tx-17',1464158546</c>.
/// </summary>
/// <remarks>
/// A person finds it by <c>XA RECOVER</c> and reads whose it is. The run and the attempt never come twice, so no other process makes the
/// same name. An XA transaction has its name from its first row on, when nobody knows yet which checkpoint it will be prepared for: it
/// carries its number among those of the subtask and attempt instead.
/// </remarks>
/// <param name="Job">The job, by <see cref="NamePart"/>.</param>
/// <param name="Operator">The sink's id, by <see cref="NamePart"/>.</param>
/// <param name="Run">The life of the job.</param>
/// <param name="Attempt">Which start of it.</param>
/// <param name="Subtask">The subtask that wrote it.</param>
/// <param name="Number">Which transaction of the subtask in this attempt, from 1.</param>
internal readonly record struct XaName(string Job, string Operator, RunId Run, long Attempt, int Subtask, long Number)
{
    /// <summary>The most bytes of each of the two parts.</summary>
    public const int MaxBytes = 64;

    /// <summary>Says that a name is of this form: the bytes of "WEIR".</summary>
    public const long Format = 0x57454952;

    // Two of them and the run make 63 bytes.
    private const int MaxPart = 20;

    /// <summary>Gets the part that is the same for all transactions of a sink in one life of the job.</summary>
    public string Global => $"weir/{Job}/{Operator}/{Run}";

    /// <summary>Gets the part that tells them apart.</summary>
    public string Branch => string.Create(CultureInfo.InvariantCulture, $"att-{Attempt}/sub-{Subtask}/tx-{Number}");

    /// <summary>Gets it as SQL writes it.</summary>
    public string Sql => string.Create(CultureInfo.InvariantCulture, $"'{Global}','{Branch}',{Format}");

    /// <summary>The name of a subtask's transaction.</summary>
    public static XaName Of(SinkContext context, long number) => new(
        NamePart.Of(context.Job, MaxPart), NamePart.Of(context.Operator, MaxPart), context.RunId, context.Attempt, context.Subtask, number);

    /// <summary>Whether both are of the same sink of the same job, in whatever life of it.</summary>
    public bool IsOfSinkOf(XaName other) => Job == other.Job && Operator == other.Operator;

    /// <summary>
    /// The lock that the session holds which writes for a subtask, so that a later attempt finds it: at most 64 characters.
    /// </summary>
    public static string LockOf(string sink, long attempt, int subtask) =>
        string.Create(CultureInfo.InvariantCulture, $"weir/{NamePart.Hash(sink):x16}/a{attempt}/s{subtask}");

    /// <summary>Reads what <c>XA RECOVER</c> says.</summary>
    /// <param name="format">The form.</param>
    /// <param name="globalBytes">How many bytes the first part has.</param>
    /// <param name="data">Both parts.</param>
    /// <param name="name">The name, if it is one of ours.</param>
    public static bool TryParse(long format, int globalBytes, ReadOnlySpan<byte> data, out XaName name)
    {
        name = default;
        if (format != Format || globalBytes < 0 || globalBytes > data.Length)
        {
            return false;
        }

        var global = Encoding.UTF8.GetString(data[..globalBytes]).Split('/');
        var branch = Encoding.UTF8.GetString(data[globalBytes..]).Split('/');
        if (global is not ["weir", var job, var op, var runDigits] || !RunId.TryParse(runDigits, out var run)
            || branch.Length != 3
            || !NamePart.TryNumber("att-", branch[0], out var attempt)
            || !NamePart.TryNumber("sub-", branch[1], out var subtask) || subtask > int.MaxValue
            || !NamePart.TryNumber("tx-", branch[2], out var number))
        {
            return false;
        }

        name = new XaName(job, op, run, attempt, (int)subtask, number);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Global}/{Branch}";
}
