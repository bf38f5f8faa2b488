// Sends the referral of a file, and writes its reference: dotnet run FirstReferral.cs referral.json
// HUB, CLIENT_ID and KEY_FILE (an RSA key) must be set. Run it again with the same file when no answer comes.
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

// The hub does not have the referral: it is to be put right, or the credentials are, or the same can be run again.
const int Invalid = 2, Credentials = 3, Again = 4;

var missing = new[] { "HUB", "CLIENT_ID", "KEY_FILE" }.Where(name => Environment.GetEnvironmentVariable(name) is null).ToArray();
if (missing.Length > 0) return End(Credentials, $"Set {string.Join(", ", missing)}.");
if (args.Length != 1) return End(Invalid, "Name the file of one referral: dotnet run FirstReferral.cs referral.json");
var file = args[0];
var hub = Environment.GetEnvironmentVariable("HUB")!;
var clientId = Environment.GetEnvironmentVariable("CLIENT_ID")!;

try
{
    using var key = RSA.Create();
    key.ImportFromPem(File.ReadAllText(Environment.GetEnvironmentVariable("KEY_FILE")!));
    var referral = File.ReadAllBytes(file);
    using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };

    // An assertion is good once, for two minutes, and for this hub only.
    var claims = new JsonObject
    {
        ["iss"] = clientId,
        ["sub"] = clientId,
        ["aud"] = $"{hub}/oauth2/token",
        ["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 120,
        ["jti"] = Guid.NewGuid().ToString(),
    };
    var unsigned = Base64Url("{\"alg\":\"RS256\"}"u8.ToArray()) + "." + Base64Url(Encoding.UTF8.GetBytes(claims.ToJsonString()));
    var signature = key.SignData(Encoding.ASCII.GetBytes(unsigned), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    using var granted = await http.PostAsync($"{hub}/oauth2/token", new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["grant_type"] = "client_credentials",
        ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ["client_assertion"] = $"{unsigned}.{Base64Url(signature)}",
    }));
    var grant = JsonNode.Parse(await granted.Content.ReadAsStringAsync())!;
    if (!granted.IsSuccessStatusCode) return Refused("No token", granted.StatusCode, grant);
    var token = (string)grant["access_token"]!;

    // One key for one referral, kept before it is sent.
    if (!File.Exists(file + ".key")) File.WriteAllText(file + ".key", Guid.NewGuid().ToString());

    for (var attempt = 1; ; attempt++)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{hub}/api/v1/referrals");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", File.ReadAllText(file + ".key").Trim());
        request.Content = new ByteArrayContent(referral);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var sent = await http.SendAsync(request);
        var answer = JsonNode.Parse(await sent.Content.ReadAsStringAsync())!;
        if (sent.StatusCode == HttpStatusCode.Created)
        {
            Console.WriteLine((string)answer["reference"]!);
            return 0;
        }
        var mayPass = sent.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
        if (!mayPass || attempt == 4) return Refused("Not sent", sent.StatusCode, answer);
        await Task.Delay(sent.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(5));
    }
}
catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
{
    return End(Again, $"{hub} gives no answer. Run the same command again.");
}
catch (JsonException)
{
    return End(Again, "The answer does not come from the hub. Look at HUB, then run the same command again.");
}
catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidOperationException)
{
    return End(Invalid, fault.Message);
}
catch (Exception fault) when (fault is ArgumentException or CryptographicException)
{
    return End(Credentials, "KEY_FILE cannot be read as an RSA key.");
}

static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

// Says why, and never what was sent: no answer of the hub holds it.
static int Refused(string what, HttpStatusCode status, JsonNode answer)
{
    var description = (string?)answer["error_description"];
    var words = new List<string> { $"{what}: {description ?? $"{answer["title"]}. {answer["detail"]}"}" };
    foreach (var fault in answer["errors"]?.AsArray() ?? []) words.Add($"{fault!["pointer"]}: {fault["detail"]}");
    if (answer["help"] is { } help) words.Add($"What to do: {help}");
    if ((int)status is 408 or 429 or >= 500) return End(Again, string.Join("\n", words.Append("Run the same command again.")));
    var isOfCredentials = (int)status is 401 or 403 || description is not null;
    return End(isOfCredentials ? Credentials : Invalid, string.Join("\n", words));
}

static int End(int code, string words)
{
    Console.Error.WriteLine(words);
    return code;
}
