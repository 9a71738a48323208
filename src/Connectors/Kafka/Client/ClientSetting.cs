using System.Collections.Frozen;

namespace Weir.KafkaLog.Client;

/// <summary>A setting that librdkafka has.</summary>
/// <param name="Name">Its dotted name; of several the one that Kafka's own documentation has.</param>
/// <param name="Scope">Who has it: <c>*</c> all clients, <c>C</c> consumers, <c>P</c> producers.</param>
/// <param name="IsOfTopic">Whether a topic may have its own.</param>
/// <param name="Kind"><c>bool</c>, <c>int</c>, <c>float</c>, <c>text</c>; or the names that are its values, with commas between.</param>
internal sealed record ClientSetting(string Name, char Scope, bool IsOfTopic, string Kind)
{
    private const int FarthestTypo = 3;

    private static readonly FrozenDictionary<string, ClientSetting> Known = Read(SettingTable.Text);

    /// <summary>All of them.</summary>
    public static IEnumerable<ClientSetting> All => Known.Values.Distinct();

    /// <summary>
    /// Whether its value is a secret, and must not be told to anybody.
    /// </summary>
    public static bool IsSecret(string name) =>
        name.EndsWith("password", StringComparison.Ordinal) || name.EndsWith("secret", StringComparison.Ordinal)
        || name.EndsWith("passphrase", StringComparison.Ordinal) || name.EndsWith(".key.pem", StringComparison.Ordinal)
        || name.EndsWith("oauthbearer.config", StringComparison.Ordinal);

    /// <summary>
    /// Finds a setting by its dotted name, by another one that it has, or by the name of a property of Confluent's <c>ConsumerConfig</c>:
    /// those are the dotted names without dots, whatever the case.
    /// </summary>
    public static ClientSetting? Find(string key) => Known.GetValueOrDefault(Plain(key));

    /// <summary>The name that a key was probably meant to be; null if none is near.</summary>
    public static string? Near(string key)
    {
        var plain = Plain(key);
        var (best, distance) = Known.Select(pair => (pair.Value.Name, Distance: Distance(plain, pair.Key)))
            .OrderBy(near => near.Distance)
            .ThenBy(near => near.Name, StringComparer.Ordinal)
            .First();
        return distance <= Math.Min(FarthestTypo, plain.Length / 3) ? best : null;
    }

    /// <summary>
    /// A value as librdkafka writes it: <c>SaslSsl</c> is <c>sasl_ssl</c>, <c>ScramSha256</c> is <c>SCRAM-SHA-256</c>. What is none of the
    /// names stays as it is: the client says what it does not take.
    /// </summary>
    public string ValueOf(string text)
    {
        if (Name == "acks")
        {
            return text.ToUpperInvariant() switch { "NONE" => "0", "LEADER" => "1", "ALL" => "all", _ => text };
        }

        return Kind switch
        {
            "bool" when bool.TryParse(text, out var isTrue) => isTrue ? "true" : "false",
            "bool" or "int" or "float" or "text" => text,
            _ => Array.Find(Kind.Split(','), name => Plain(name) == Plain(text)) ?? text,
        };
    }

    private static string Plain(string name) => string.Create(
        name.Count(char.IsAsciiLetterOrDigit), name, static (span, from) =>
        {
            var i = 0;
            foreach (var letter in from)
            {
                if (char.IsAsciiLetterOrDigit(letter))
                {
                    span[i++] = char.ToLowerInvariant(letter);
                }
            }
        });

    private static FrozenDictionary<string, ClientSetting> Read(string table)
    {
        var known = new Dictionary<string, ClientSetting>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ');
            var setting = new ClientSetting(words[0], words[1][0], words[1].EndsWith('T'), words[2]);
            known.Add(Plain(setting.Name), setting);
            foreach (var alias in words[3..])
            {
                known.Add(Plain(alias[1..]), setting);
            }
        }

        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // Levenshtein's, in one row.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
